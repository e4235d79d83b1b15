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

/** Further keys may come along. A plain index signature would not be taken for the same by tRPC's types. */
export type Open<Known> = { [Key in keyof Known]: Known[Key] }

/** What goes into each call of an API, by slice and name. */
export type InputsOf<Api> = {
  [Key in keyof Api]: Api[Key] extends Query<infer Input, unknown> | Mutation<infer Input, unknown>
    ? Input
    : InputsOf<Api[Key]>
}

/** What comes out of each call of an API, by slice and name. */
export type OutputsOf<Api> = {
  [Key in keyof Api]: Api[Key] extends Query<never, infer Output> | Mutation<never, infer Output>
    ? Output
    : OutputsOf<Api[Key]>
}
