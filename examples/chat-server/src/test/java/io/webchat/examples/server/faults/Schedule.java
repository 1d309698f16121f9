package io.webchat.examples.server.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Faults of one round, at random times. Several parts may be broken at once; each part has one fault at a time. */
final class Schedule {
    private static final long SHORTEST = 200;
    private static final long LONGEST = 6_000;
    /** What a part has to itself before it breaks again. */
    private static final long REST = 500;

    /** One fault: what, where, and when in milliseconds since the round began. */
    record Step(Fault fault, int node, long from, long until) {
        String part() {
            return fault.part.name(node);
        }

        @Override
        public String toString() {
            return "%5d-%5d %s %s".formatted(from, until, fault, part());
        }
    }

    private Schedule() {}

    /** So many faults of these kinds that begin within this time, in the order in which they begin. */
    static List<Step> random(Random random, List<Fault> kinds, int faults, int nodes, Duration time) {
        List<Step> steps = new ArrayList<>();
        Map<String, Long> free = new HashMap<>();
        long[] begins = random.longs(faults, 0, time.toMillis()).sorted().toArray();
        for (long begin : begins) {
            Fault fault = kinds.get(random.nextInt(kinds.size()));
            int node = random.nextInt(nodes);
            long from = Math.max(begin, free.getOrDefault(fault.part.name(node), 0L));
            long until = from + SHORTEST + (long) (Math.pow(random.nextDouble(), 2) * (LONGEST - SHORTEST));
            Step step = new Step(fault, node, from, until);
            steps.add(step);
            free.put(step.part(), until + REST);
        }
        steps.sort(Comparator.comparingLong(Step::from));
        return List.copyOf(steps);
    }
}
