import { describeSignInThrottle } from '../test/throttle.contract.ts'
import { createMemoryThrottle } from './throttle.ts'

describeSignInThrottle('memory', createMemoryThrottle)
