const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} }

/** Of the right shape, made by no authenticator. */
export const forgedRegistration = {
  ...credential,
  response: { clientDataJSON: 'e30', attestationObject: 'oA' },
}

export const forgedAssertion = {
  ...credential,
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
}
