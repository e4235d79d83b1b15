import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { examplePicture } from '../../../../test/examples.ts'
import { CoverFigure } from './cover-figure.tsx'

const covered = (caption: string) => {
  return { coverUrl: null, cover: { ...examplePicture({ alt: 'A hedge', caption }), focus: null } }
}

test('the caption of a cover stands below it', () => {
  render(<CoverFigure article={covered('In May')} />)
  const figure = within(screen.getByRole('figure'))
  expect(figure.getByRole('img', { name: 'A hedge' })).toBeInTheDocument()
  expect(figure.getByText('In May').tagName).toBe('FIGCAPTION')
})

test('without one there is nothing below it', () => {
  const { container } = render(<CoverFigure article={covered('')} />)
  expect(container.querySelector('figcaption')).toBeNull()
})
