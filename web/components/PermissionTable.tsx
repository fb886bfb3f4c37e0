import { membersText } from '#text/members'
import type { Permission } from '#web/server/access/permissions'

const actions = ['READ', 'CREATE', 'UPDATE', 'DELETE', 'EXECUTE'] as const

/** Things and what is done with them, each a box to check; `all` are offered. */
export function PermissionTable({
  all,
  chosen,
  isFixed = false,
  onToggle,
}: {
  all: readonly Permission[]
  chosen: ReadonlySet<Permission>
  isFixed?: boolean
  onToggle: (permission: Permission) => void
}) {
  return (
    <div className="max-h-96 overflow-auto rounded-md border">
      <table className="w-full text-xs">
        <thead className="sticky top-0 bg-subtle">
          <tr>
            <th className="px-2 py-1.5 text-left font-medium">{membersText.permission}</th>
            {actions.map(action => (
              <th key={action} scope="col" className="px-1 py-1.5 font-medium text-muted">
                {action.toLowerCase()}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resourcesOf(all).map(resource => (
            <tr key={resource} className="border-t">
              <th scope="row" className="px-2 py-1 text-left font-mono font-normal">
                {resource}
              </th>
              {actions.map(action => {
                const permission = all.find(known => known === `${resource}:${action}`)
                return (
                  <td key={action} className="px-1 py-1 text-center">
                    {permission && (
                      <input
                        type="checkbox"
                        aria-label={permission}
                        className="accent-accent"
                        disabled={isFixed}
                        checked={chosen.has(permission)}
                        onChange={() => onToggle(permission)}
                      />
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function resourcesOf(permissions: readonly Permission[]): string[] {
  return [...new Set(permissions.map(permission => permission.slice(0, permission.indexOf(':'))))]
}
