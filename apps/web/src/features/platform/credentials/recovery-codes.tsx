import { Button } from '@galley/ui/button'
import { useSite } from '../../../lib/site.ts'
import { Answer } from '../layout/answer.tsx'
import { CopyButton } from '../layout/copy-button.tsx'

type RecoveryCodesProps = { codes: string[]; onDone: () => void }

/** The codes, this once. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { name } = useSite()
  const text = () => `${codes.join('\n')}\n`
  return (
    <div className="flex max-w-measure flex-col gap-5">
      <Answer tone="warn" title="Save these recovery codes. They are shown only once.">
        <p>Each one signs you in once when you do not have your authenticator.</p>
      </Answer>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-8 gap-y-1.5 rounded-sm border border-rule bg-sunken px-5 py-4 font-mono text-sm min-[26rem]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} done="The codes are on the clipboard.">
          Copy
        </CopyButton>
        <Button variant="line" size="small" onClick={() => download(text(), name)}>
          Download
        </Button>
        <Button size="small" onClick={onDone}>
          I have saved them
        </Button>
      </div>
    </div>
  )
}

function download(text: string, siteName: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${siteName.toLowerCase().replaceAll(/\W+/g, '-')}-recovery-codes.txt`
  link.click()
  URL.revokeObjectURL(address)
}
