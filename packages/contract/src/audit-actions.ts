import { platformActions } from './platform/audit-actions.ts'
import { publishingActions } from './publishing/audit-actions.ts'

/** Everything that the audit log records. Names are kept: entries outlive releases. */
export const auditActions = [...platformActions, ...publishingActions] as const
export type AuditAction = (typeof auditActions)[number]
