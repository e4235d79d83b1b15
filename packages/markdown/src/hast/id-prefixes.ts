/** Before every id made from an author's words, against DOM clobbering. */
export const ID_PREFIX = 'user-content-'

/** A slug never holds a full stop, so that no heading can take the id of a footnote. */
export const FOOTNOTE_PREFIX = `${ID_PREFIX}note.`
