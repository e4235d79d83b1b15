/** Something that is wrong with a migration. */
export type Finding = { tag: string; line: number; rule: string; message: string }

export const toLine = ({ tag, line, rule, message }: Finding) =>
  `${tag}.sql:${line} ${rule}: ${message}`
