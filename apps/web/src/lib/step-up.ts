type Question = { asked: Promise<boolean>; answer: (confirmed: boolean) => void }

let question: Question | null = null
const listeners = new Set<() => void>()

/** Asks the person to confirm that it is them; resolves to whether they did. Several calls share one question. */
export function askForStepUp(): Promise<boolean> {
  if (!question) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    question = { asked: promise, answer: resolve }
    for (const listener of listeners) listener()
  }
  return question.asked
}

/** The question that stands, for the dialog that puts it. */
export const stepUp = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  isAsked: () => question !== null,
  answer: (confirmed: boolean) => {
    question?.answer(confirmed)
    question = null
    for (const listener of listeners) listener()
  },
}
