import { rememberStyle } from './citation-style.ts'
import { offerCopies } from './copying.ts'
import { drawPdfs, offerPreviews } from './previews.ts'

/* On the page of an item, and on that of a file's preview. */
offerCopies()
rememberStyle()
offerPreviews()
drawPdfs(document)
