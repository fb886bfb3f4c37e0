import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

const scope = {
  at: '2024-02-03T04:05:06.789123Z',
  local: '2024-02-03T04:05:06',
  day: '2024-02-03',
  paris: 'Europe/Paris',
}

describe('date', () => {
  valuesTable(
    [
      ['at | date', '2024-02-03T04:05:06.789123Z'],
      ['at | date(timeZone=paris)', '2024-02-03T05:05:06.789123+01:00'],
      ['at | date("iso_milli")', '2024-02-03T04:05:06.789Z'],
      ['at | date("iso_sec", timeZone="+02:00")', '2024-02-03T06:05:06+02:00'],
      ['at | date("sql")', '2024-02-03 04:05:06.789123'],
      ['at | date("sql_milli")', '2024-02-03 04:05:06.789'],
      ['at | date("sql_sec")', '2024-02-03 04:05:06'],
      ['at | date("iso_date_time", timeZone=paris)', '2024-02-03T05:05:06.789123+01:00[Europe/Paris]'],
      ['at | date("iso_zoned_date_time", timeZone="+01:00")', '2024-02-03T05:05:06.789123+01:00'],
      ['at | date("iso_date", timeZone=paris)', '2024-02-03+01:00'],
      ['at | date("iso_local_date")', '2024-02-03'],
      ['at | date("iso_time")', '04:05:06.789123Z'],
      ['at | date("iso_local_time")', '04:05:06.789123'],
      ['at | date("iso_offset_time", timeZone=paris)', '05:05:06.789123+01:00'],
      ['at | date("iso_local_date_time")', '2024-02-03T04:05:06.789123'],
      ['at | date("iso_instant", timeZone=paris)', '2024-02-03T04:05:06.789123Z'],
      ['day | date("iso_instant")', '2024-02-03T00:00:00Z'],
      ['at | date("iso_ordinal_date")', '2024-034Z'],
      ['at | date("iso_week_date")', '2024-W05-6Z'],
      ['at | date("rfc_1123_date_time")', 'Sat, 3 Feb 2024 04:05:06 GMT'],
      ['at | date("rfc_1123_date_time", timeZone=paris)', 'Sat, 3 Feb 2024 05:05:06 +0100'],
      ['local | date(timeZone=paris)', '2024-02-03T04:05:06.000000+01:00'],
      ['day | date(timeZone=paris)', '2024-02-03T00:00:00.000000+01:00'],
      ['"2024-02-03T04:05:06+02:00[Europe/Paris]" | date', '2024-02-03T03:05:06.000000Z'],
      ['1706933106 | date', '2024-02-03T04:05:06.000000Z'],
      ['1706933106789 | date', '2024-02-03T04:05:06.789000Z'],
      ['null | date', null],
    ],
    scope,
  )
})

describe('Java patterns', () => {
  valuesTable(
    [
      ['at | date("yyyy-MM-dd\'T\'HH:mm:ss.SSS")', '2024-02-03T04:05:06.789'],
      ['at | date("yy/M/d H:m:s")', '24/2/3 4:5:6'],
      ['at | date("EEE EEEE")', 'Sat Saturday'],
      ['at | date("MMM MMMM MMMMM")', 'Feb February F'],
      ['at | date("d MMMM yyyy", locale="fr_FR")', '3 février 2024'],
      ['at | date("EEEE", locale="de")', 'Samstag'],
      ['at | date("hh:mm a", timeZone="Asia/Tokyo")', '01:05 PM'],
      ['at | date("KK kk")', '04 04'],
      ['at | date("SSSSSSSSS n")', '789123000 789123000'],
      ['at | date("DDD w e c")', '034 5 7 7'],
      ['at | date("Q QQ QQQ QQQQ")', '1 01 Q1 1st quarter'],
      ['at | date("YYYY")', '2024'],
      ['at | date("G uuuu")', 'AD 2024'],
      ['at | date("X XX XXX x xx xxx", timeZone=paris)', '+01 +0100 +01:00 +01 +0100 +01:00'],
      ['at | date("X x XXX")', 'Z +00 Z'],
      ['at | date("z", timeZone="Europe/Paris")', 'CET'],
      ['at | date("z", timeZone="Australia/Perth")', 'AWST'],
      ['at | date("z", timeZone="Asia/Singapore")', 'GMT+8'],
      ['at | date("Z ZZZZ ZZZZZ O", timeZone=paris)', '+0100 GMT+01:00 +01:00 GMT+1'],
      ['at | date("VV z", timeZone="UTC")', 'UTC UTC'],
      ["at | date('yyyy\\'\\'MM')", "2024'02"],
      ["at | date(\"[yyyy] 'o''clock'\")", "2024 o'clock"],
    ],
    scope,
  )
  errorsTable(
    [
      ['at | date("yyyy-jj")', 'Unknown pattern letter: j'],
      ['at | date("yyyy\'")', "doesn't close it"],
      ['at | date("yyyy", timeZone="Mars/Base")', "Unknown time zone 'Mars/Base'"],
      ['at | date("yyyy", locale="!!")', "Unknown locale '!!'"],
      ['"yesterday" | date', "Text 'yesterday' could not be parsed"],
      ['"2024-02-30" | date', 'is not a date'],
      ['[1] | date', 'A date is a text or a number, not list'],
    ],
    scope,
  )
})

describe('existingFormat', () => {
  valuesTable([
    ['"03/02/2024" | date("iso_local_date", existingFormat="dd/MM/yyyy")', '2024-02-03'],
    ['"20240203040506" | date("sql_sec", existingFormat="yyyyMMddHHmmss")', '2024-02-03 04:05:06'],
    ['"Feb 3, 2024 1:05 PM" | date("sql_sec", existingFormat="MMM d, yyyy h:mm a")', '2024-02-03 13:05:00'],
    ['"2024-02-03 04:05 +0200" | date("sql_sec", existingFormat="yyyy-MM-dd HH:mm Z")', '2024-02-03 02:05:00'],
    ['"2024-02-03 04:05 Europe/Paris" | date("sql_sec", existingFormat="yyyy-MM-dd HH:mm VV")', '2024-02-03 03:05:00'],
    ['"2024-034" | date("iso_local_date", existingFormat="yyyy-DDD")', '2024-02-03'],
    [
      '"2024-02-03" | date("sql_sec", existingFormat="yyyy-MM-dd[ HH:mm]", timeZone="Europe/Paris")',
      '2024-02-03 00:00:00',
    ],
    ['"Saturday 3 February 24" | date("iso_local_date", existingFormat="EEEE d MMMM yy")', '2024-02-03'],
    [
      '"04:05:06.5 2024-02-03" | date("iso_local_date_time", existingFormat="HH:mm:ss.S yyyy-MM-dd")',
      '2024-02-03T04:05:06.5',
    ],
    ['"12 AM 2024-02-03" | date("HH", existingFormat="h a yyyy-MM-dd")', '00'],
    ['"2024-02-03 04:05:06" | date("HH", existingFormat="sql_sec")', '04'],
    ['"2024-02-03T04:05:06+01:00" | date("HH", existingFormat="iso_date_time")', '03'],
    ['"Sat, 3 Feb 2024 04:05:06 GMT" | date("HH", existingFormat="rfc_1123_date_time")', '04'],
  ])
  errorsTable([
    ['"x" | date(existingFormat="yyyy")', 'could not be parsed by the pattern'],
    ['"2024-02" | date(existingFormat="yyyy-MM")', 'gives no whole date'],
    ['"2024 Fab 3" | date(existingFormat="yyyy MMM d")', "'Fab' is not a month"],
  ])
})

describe('dateAdd and timestamps', () => {
  valuesTable(
    [
      ['at | dateAdd(-1, "DAYS")', '2024-02-02T04:05:06.789123Z'],
      ['at | dateAdd(amount=2, unit="HOURS", format="HH")', '06'],
      ['at | dateAdd("-1", "DAYS", "dd")', '02'],
      ['at | dateAdd(1, "WEEKS", "iso_local_date")', '2024-02-10'],
      ['at | dateAdd(1, "YEARS", "iso_local_date")', '2025-02-03'],
      ['at | dateAdd(1, "MINUTES", "mm")', '06'],
      ['at | dateAdd(1, "SECONDS", "ss")', '07'],
      ['at | dateAdd(500, "MILLIS", "ss.SSS")', '07.289'],
      ['at | dateAdd(-1000, "MICROS", "SSSSSS")', '788123'],
      ['at | dateAdd(7, "NANOS", "SSSSSSSSS")', '789123007'],
      ['"2024-03-30T12:00:00" | dateAdd(1, "DAYS", "iso_sec", timeZone=paris)', '2024-03-31T12:00:00+02:00'],
      ['at | timestamp', 1706933106],
      ['at | timestampMilli', 1706933106789],
      ['at | timestampMicro', 1706933106789123],
      ['"2024-02-03T04:05:06Z" | timestampNano > 1706933100000000000', true],
      ['day | timestamp(timeZone=paris)', 1706914800],
      ['"03.02.2024" | timestamp(existingFormat="dd.MM.yyyy")', 1706918400],
    ],
    scope,
  )
  errorsTable(
    [
      ['at | dateAdd(1, "FORTNIGHTS")', "Unknown unit 'FORTNIGHTS'"],
      ['at | dateAdd("two", "DAYS")', 'must be a whole number'],
    ],
    scope,
  )
})
