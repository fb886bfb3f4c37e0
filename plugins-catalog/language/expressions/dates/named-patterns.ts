/** Kestra's names for Java patterns; those that print as many digits as there are stand in `format`. */
export const namedPatterns: Record<string, string> = {
  iso: "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
  iso_milli: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  iso_sec: "yyyy-MM-dd'T'HH:mm:ssXXX",
  sql: 'yyyy-MM-dd HH:mm:ss.SSSSSS',
  sql_milli: 'yyyy-MM-dd HH:mm:ss.SSS',
  sql_sec: 'yyyy-MM-dd HH:mm:ss',
  sql_seq: 'yyyy-MM-dd HH:mm:ss',
  iso_date: 'yyyy-MM-ddXXX',
  iso_local_date: 'yyyy-MM-dd',
  iso_ordinal_date: 'yyyy-DDDXXX',
}
