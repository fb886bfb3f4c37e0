import { checkHealth } from '#web/server/health'

export async function GET(): Promise<Response> {
  const health = await checkHealth()
  const isHealthy = health.database === 'up' && health.temporal === 'up'
  return Response.json(health, { status: isHealthy ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
