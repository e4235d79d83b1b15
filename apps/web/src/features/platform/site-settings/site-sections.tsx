import { platformSettings } from '@galley/contract/platform/settings'
import type { SignUpPolicy } from '@galley/contract/platform/site'
import type { SettingsView } from '@galley/contract/settings'
import { Field, Input, Select, Textarea } from '@galley/ui/field'
import { z } from 'zod'
import { Section } from '../layout/section.tsx'
import { SettingsForm } from './settings-form.tsx'

const { name, description, signUp } = platformSettings

export function NameSection() {
  return (
    <Section
      title="Name and description"
      lead="In titles, in mails, in the footer and for search engines."
    >
      <SettingsForm
        schema={z.object({ name, description })}
        valuesOf={({ settings }) => ({ name: settings.name, description: settings.description })}
      >
        {({ register, errors }, { defaults }) => (
          <>
            <Field
              label="Name"
              hint={`At most 60 characters. In the environment: ${defaults.name}`}
              error={errors.name?.message}
            >
              <Input {...register('name')} />
            </Field>
            <Field
              label="Description"
              hint="At most 300 characters."
              error={errors.description?.message}
            >
              <Textarea rows={3} {...register('description')} />
            </Field>
          </>
        )}
      </SettingsForm>
    </Section>
  )
}

const policies: Record<SignUpPolicy, string> = {
  readers: 'Everybody, as a reader',
  open: 'Everybody, as an author',
  invite: 'Who was invited',
  closed: 'Nobody',
}

export function JoinSection() {
  return (
    <Section title="Who may join" lead="Accounts that stand are not touched.">
      <SettingsForm
        schema={z.object({ signUp })}
        valuesOf={({ settings }) => ({ signUp: settings.signUp })}
      >
        {({ register, errors }, { defaults }) => (
          <Field
            label="Who may make an account"
            hint={`In the environment: ${policies[defaults.signUp]}`}
            error={errors.signUp?.message}
          >
            <Select {...register('signUp')}>
              {Object.entries(policies).map(([policy, text]) => (
                <option key={policy} value={policy}>
                  {text}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </SettingsForm>
    </Section>
  )
}

const MB = 1024 * 1024

/** Megabytes as they are typed, in bytes. */
const megabytes = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}(?:[.,]\d{1,6})?$/, 'Must be a number.')
    .transform((typed) => Math.round(Number(typed.replace(',', '.')) * MB))
    .refine((bytes) => bytes >= 1, 'Must be more than 0.')
    .refine((bytes) => bytes <= most, `Must be at most ${inMegabytes(most)}.`)

const inMegabytes = (bytes: number) => String(Math.round((bytes / MB) * 1e6) / 1e6)

export function LimitsSection({ view: { defaults } }: { view: SettingsView }) {
  return (
    <Section
      title="Uploads"
      lead="What was uploaded before stays. The environment of the server sets how far these can go."
    >
      <SettingsForm
        schema={z.object({
          maxFileBytes: megabytes(defaults.maxFileBytes),
          quotaBytes: megabytes(defaults.quotaBytes),
        })}
        valuesOf={({ settings }) => ({
          maxFileBytes: inMegabytes(settings.maxFileBytes),
          quotaBytes: inMegabytes(settings.quotaBytes),
        })}
      >
        {({ register, errors }) => (
          <>
            <Field
              label="Size of one file, in MB"
              hint={`At most ${inMegabytes(defaults.maxFileBytes)}.`}
              error={errors.maxFileBytes?.message}
            >
              <Input inputMode="decimal" {...register('maxFileBytes')} />
            </Field>
            <Field
              label="All files of one person, in MB"
              hint={`At most ${inMegabytes(defaults.quotaBytes)}.`}
              error={errors.quotaBytes?.message}
            >
              <Input inputMode="decimal" {...register('quotaBytes')} />
            </Field>
          </>
        )}
      </SettingsForm>
    </Section>
  )
}
