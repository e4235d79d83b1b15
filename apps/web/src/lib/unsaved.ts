/** Under which texts are kept on this device until the server has them, by person. */
export const unsavedPrefix = (userId: string) => `galley-draft:${userId}:`

/** How many texts of a person this device has and the server has not. */
export function countUnsaved(userId: string): number {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(unsavedPrefix(userId))).length
  } catch {
    return 0 // where storage is off, nothing is kept
  }
}
