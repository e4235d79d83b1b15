/** Random enough for production's check. */
export const ENCRYPTION_KEYS = `test:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`
