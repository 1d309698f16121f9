package io.webchat.examples.benchmarks;

import io.webchat.redis.testing.RedisEndpoint;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis server's own counters since its start, or between two moments. */
record Counters(Map<String, Double> values) {
    private static final Pattern COMMAND = Pattern.compile("calls=(\\d+),usec=(\\d+).*");

    static Counters of(RedisEndpoint redis) {
        Map<String, Double> values = new TreeMap<>();
        redis.info("commandstats").forEach((name, value) -> {
            Matcher matcher = COMMAND.matcher(value);
            if (matcher.matches()) {
                String command = name.substring("cmdstat_".length());
                values.put("calls " + command, Double.valueOf(matcher.group(1)));
                values.put("µs in " + command, Double.valueOf(matcher.group(2)));
            }
        });
        Map<String, String> stats = redis.info("stats");
        values.put("bytes in", Double.valueOf(stats.getOrDefault("total_net_input_bytes", "0")));
        values.put("bytes out", Double.valueOf(stats.getOrDefault("total_net_output_bytes", "0")));
        Map<String, String> cpu = redis.info("cpu");
        double seconds = Double.parseDouble(cpu.getOrDefault("used_cpu_user", "0"))
                + Double.parseDouble(cpu.getOrDefault("used_cpu_sys", "0"));
        values.put("µs of CPU", seconds * 1e6);
        return new Counters(values);
    }

    /**
     * Returns how much each counter grew since {@code before}, per message. Leaves out the commands of the measurement
     * itself, and counters that round to 0.
     */
    Map<String, Double> since(Counters before, int messages) {
        Map<String, Double> each = new TreeMap<>();
        values.forEach((name, value) -> {
            double more = value - before.values().getOrDefault(name, 0.0);
            if (more / messages >= 0.005 && !name.endsWith(" info")) {
                each.put(name, more / messages);
            }
        });
        return each;
    }
}
