import { letBrush } from './brushing.ts'

/* On the page of a search. */
letBrush()
