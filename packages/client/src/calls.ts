import type { GalleyError } from './failure.ts'

/** For one call. */
export type CallOptions = {
  /** Ends the call early. */
  signal?: AbortSignal
  /** With a key of yours, the server does a mutation once however often it is sent; and it is repeated when it fails. */
  context?: { idempotencyKey?: string }
}

/** A call that reads. */
export type Query<Input, Output> = {
  query(input: Input, options?: CallOptions): Promise<Output>
}

/** A call that changes something. */
export type Mutation<Input, Output> = {
  mutate(input: Input, options?: CallOptions): Promise<Output>
}

/** A call whose messages come one by one, for as long as somebody listens. */
export type Subscription<Input, Message> = {
  subscribe(input: Input, options: SubscriptionOptions<Message>): { unsubscribe(): void }
}

export type SubscriptionOptions<Message> = {
  /** With an id after which another subscription can go on; one that breaks off does so by itself. */
  onData?: (message: { id: string; data: Message }) => void
  /** Nothing more comes; what may pass is tried again before. */
  onError?: (error: GalleyError) => void
  /** Ends it, as `unsubscribe` does. */
  signal?: AbortSignal
}

/** Further keys may come along. A plain index signature would not be taken for the same by tRPC's types. */
export type Open<Known> = { [Key in keyof Known]: Known[Key] }

/** What goes into each call of an API, by slice and name. */
export type InputsOf<Api> = {
  [Key in keyof Api]: Api[Key] extends
    | Query<infer Input, unknown>
    | Mutation<infer Input, unknown>
    | Subscription<infer Input, never>
    ? Input
    : InputsOf<Api[Key]>
}

/** What comes out of each call of an API, by slice and name: of a subscription, one message. */
export type OutputsOf<Api> = {
  [Key in keyof Api]: Api[Key] extends
    | Query<never, infer Output>
    | Mutation<never, infer Output>
    | Subscription<never, infer Output>
    ? Output
    : OutputsOf<Api[Key]>
}
