/*
 * Loaded into the processes that `npm start` starts, before their own code: when it is gone, however it went, they end
 * as if they had been asked to. Nothing runs on unseen and holds the port.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
