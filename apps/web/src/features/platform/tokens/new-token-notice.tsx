import { Answer } from '../layout/answer.tsx'
import { CopyButton } from '../layout/copy-button.tsx'

/** The token, this once. */
export function NewTokenNotice({ token }: { token: string }) {
  return (
    <Answer tone="good" title="Copy the token now. It will not be shown again.">
      <code className="font-mono text-sm break-all">{token}</code>
      <div>
        <CopyButton text={() => token} done="The token is on the clipboard.">
          Copy the token
        </CopyButton>
      </div>
    </Answer>
  )
}
