/** Minutes to read so many words at 230 a minute (Brysbaert 2019: 238 for English non-fiction), at least 1. */
export const readingMinutes = (words: number) => Math.max(1, Math.round(words / 230))
