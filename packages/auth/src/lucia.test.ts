import { describeSessionStore } from '../test/session-store.contract.ts'
import { createLuciaSessions } from './lucia.ts'

describeSessionStore('lucia', createLuciaSessions)
