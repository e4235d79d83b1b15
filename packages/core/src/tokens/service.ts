import type { Deleted } from '@galley/contract/primitives'
import type { CreateToken, NewToken, TokenById, TokenList } from '@galley/contract/tokens'
import type { SessionCtx } from '../ctx.ts'

export async function listTokens(_ctx: SessionCtx): Promise<TokenList> {
  throw new Error('listTokens')
}

export async function createToken(_ctx: SessionCtx, _input: CreateToken): Promise<NewToken> {
  throw new Error('createToken')
}

export async function deleteToken(_ctx: SessionCtx, _input: TokenById): Promise<Deleted> {
  throw new Error('deleteToken')
}
