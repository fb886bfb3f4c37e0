/** Of every worker and web app that a test starts in its own process, so that one opens what another sealed. */
export const testMasterKey = Buffer.alloc(32, 'millrace').toString('base64')
