import type { RequestListener } from 'node:http'

/** Thirty products as the seed's shop lists them; each fifth has no brand. */
const products = Array.from({ length: 30 }, (_, index) => ({
  id: index + 1,
  title: `Product ${index + 1}`,
  price: 10 + index * index * 0.37,
  ...(index % 5 === 4 ? {} : { brand: ['Essence', 'Calvin Klein', 'Annibale', 'Furniture Co.'][index % 4] }),
}))

/** Answers `/products` as dummyjson.com does. */
export const serveProducts: RequestListener = (request, response) => {
  if (request.url !== '/products') return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ products, total: products.length, skip: 0, limit: 30 }))
}

/** What the seed's query has to find: average price by brand, dearest first, rounded as SQL does. */
export function expectedAverages(): { brand: string; avg_price: number }[] {
  const prices = new Map<string, number[]>()
  for (const { brand = 'N/A', price } of products) prices.set(brand, [...(prices.get(brand) ?? []), price])
  return [...prices]
    .map(([brand, group]) => ({
      brand,
      avg_price: Math.round((group.reduce((sum, price) => sum + price, 0) / group.length) * 100) / 100,
    }))
    .sort((a, b) => b.avg_price - a.avg_price)
}
