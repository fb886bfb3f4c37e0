import { bool, oneOf, text } from '#language/fields'
import { queryProperties } from '../../shared/properties'

export const sslModes = ['DISABLE', 'ALLOW', 'PREFER', 'REQUIRE', 'VERIFY_CA', 'VERIFY_FULL'] as const

/** What every PostgreSQL task takes. */
export const postgresProperties = {
  ...queryProperties,
  url: text().meta({ description: 'As in JDBC: `jdbc:postgresql://host:5432/database`.' }),
  username: text().optional(),
  password: text().optional(),
  ssl: bool().optional().meta({ description: 'Insist on TLS.' }),
  sslMode: oneOf(sslModes).optional(),
  sslRootCert: text().optional().meta({ description: 'PEM text of the authority to trust.' }),
  sslCert: text().optional().meta({ description: 'PEM text of the own certificate.' }),
  sslKey: text().optional().meta({ description: 'PEM text of its key.' }),
  sslKeyPassword: text().optional(),
  connectionPooling: bool().optional(),
}
