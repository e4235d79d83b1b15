/** A message of Protocol Buffers: its fields by number, in their order. Numbers come as bigint, all else as bytes. */
export type Message = ReadonlyMap<number, readonly (bigint | Buffer)[]>

/** Reads one message of the wire format (protobuf.dev, "Encoding"). Throws where it breaks off or has a group. */
export function readMessage(bytes: Buffer): Message {
  const fields = new Map<number, (bigint | Buffer)[]>()
  let at = 0
  while (at < bytes.length) {
    const key = Number(varint())
    const number = key >>> 3
    fields.set(number, [...(fields.get(number) ?? []), value(key & 7)])
  }
  return fields

  function value(wireType: number): bigint | Buffer {
    if (wireType === 0) return varint()
    if (wireType === 1) return take(8).readBigUInt64LE()
    if (wireType === 2) return take(Number(varint()))
    if (wireType === 5) return BigInt(take(4).readUInt32LE())
    throw new Error(`Wire type ${wireType} is none`)
  }

  function varint(): bigint {
    let result = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = take(1).readUInt8()
      result |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return result
    }
  }

  function take(length: number): Buffer {
    if (at + length > bytes.length) throw new Error('The message breaks off')
    at += length
    return bytes.subarray(at - length, at)
  }
}

const bytesOf = (message: Message, field: number): Buffer[] =>
  (message.get(field) ?? []).filter((value) => Buffer.isBuffer(value))

export const messagesOf = (message: Message, field: number): Message[] =>
  bytesOf(message, field).map(readMessage)

export const textOf = (message: Message, field: number): string =>
  bytesOf(message, field)[0]?.toString('utf8') ?? ''

export const hexOf = (message: Message, field: number): string =>
  bytesOf(message, field)[0]?.toString('hex') ?? ''

export function numberOf(message: Message, field: number): bigint {
  const [value = 0n] = message.get(field) ?? []
  return Buffer.isBuffer(value) ? 0n : value
}
