import { Role } from '@galley/contract/platform/users'
import { Field, Select } from '@galley/ui/field'

/** A role among the filters of a list. */
export const RoleField = ({ role }: { role: Role | undefined }) => (
  <Field label="Role">
    <Select name="role" defaultValue={role ?? ''}>
      <option value="">Any</option>
      {Role.options.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  </Field>
)
