/** A page of ours, read as a document and not as markup in this one. */
export function load(address: string): Promise<Document> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', address)
    request.responseType = 'document'
    request.addEventListener('load', () => {
      if (request.status === 200 && request.responseXML) resolve(request.responseXML)
      else reject(new Error(`answered ${request.status}`))
    })
    request.addEventListener('error', () => reject(new Error('no answer')))
    request.send()
  })
}
