/** A name for the middle of a sentence that is one string: whichever way it runs, the sentence stays in order. */
export const isolated = (name: string) => `\u2068${name}\u2069`
