-- One line that bench/processes.py reads: answers, 95th percentile in ms, seconds, errors.
done = function(summary, latency)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.status
  io.write(string.format("RESULT %d %.3f %.3f %d\n", summary.requests, latency:percentile(95) / 1000, summary.duration / 1e6, errors))
end
