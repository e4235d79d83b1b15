/** How many items the web asks for at once. Lists of these lengths are planned once for each connection (`plannedLimit`). */
export const pageSizes = {
  /** What is one below the other; also what callers get that ask for no length. */
  rows: 20,
  /** Three to a row. */
  cards: 12,
  /** One more, to lead with. */
  cardsAndLead: 13,
  thread: 50,
} as const
