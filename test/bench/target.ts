/** The portal simulator as a process of its own; counts what has arrived. */
import createPortal from '../../connectors/dvcqg/simulator.ts'

let taken = 0
const portal = await createPortal({
  port: 0,
  forget: true,
  onEntry: () => {
    taken++
  },
})
process.send?.({ address: portal.address })
process.on('message', () => process.send?.({ taken }))
process.on('disconnect', () => process.exit(0))
