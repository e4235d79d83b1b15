/** Rendering hit its time limit, or one of the limits that keep a hostile text from reaching it. */
export class MarkdownTooComplex extends Error {
  override readonly name = 'MarkdownTooComplex'
}
