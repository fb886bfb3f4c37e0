import { TenantHome } from './TenantHome'

export default function Page() {
  return <TenantHome />
}
