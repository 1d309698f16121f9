package io.webchat.redis.internal.queue;

import io.webchat.core.spi.queue.QueueEpoch;
import io.webchat.redis.internal.client.ServerIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The state of one user's queue after this node's last append. If it still holds, the next append takes the short way.
 * Otherwise the script notices, and its reply tells the state anew. Guarded by its own monitor.
 */
final class KnownQueue {
    private static final String FORMAT = "2:";

    private String counter = "";
    private String incarnation = "";
    private QueueEpoch epoch = QueueEpoch.NONE;
    /** The Seq that this node expects to be the last one. */
    private long last;

    /** The time of this node's last event. */
    private long latest;

    /** The Seq at which the next append must take the long way. */
    private long full;

    /** The time at which the next append must take the long way. */
    private long due;

    /** The name of the counter without an epoch, for a queue whose epoch is unknown. */
    static String unknown(ServerIdentity server) {
        return FORMAT + server.incarnation();
    }

    /** The name of the counter in an epoch that is restored. */
    static String restored(ServerIdentity server, long epoch) {
        return FORMAT + server.incarnation() + ":" + epoch + ":r";
    }

    /** Whether the queue was on this server. */
    boolean isAt(ServerIdentity server) {
        return incarnation.equals(server.incarnation());
    }

    /** Whether upkeep or a new dedupe bucket is due before so many events. */
    boolean isDue(long now, int events) {
        return now >= due || last + events >= full;
    }

    /** Expects that the next events get the next Seqs; returns the last of these. */
    long expect(int events) {
        last += events;
        return last;
    }

    /** Returns the first of so many successive times that are later than those of this node's events before. */
    long nextTimes(long now, int events) {
        long first = Math.max(now, latest + 1);
        latest = first + events - 1;
        return first;
    }

    String counter() {
        return counter;
    }

    QueueEpoch epoch() {
        return epoch;
    }

    /** An event got this time, because the clock of another node is ahead. */
    void learnTime(long time) {
        latest = Math.max(latest, time);
    }

    /** Takes the reply of an append that did not find the queue as expected: see append.lua. */
    void learn(List<?> reply) {
        long seq = (Long) reply.get(1);
        if (!isKnownBy(reply)) {
            last = reply.size() > 3 ? seq : Math.max(last, seq);
            return;
        }
        last = seq;
        counter = new String((byte[]) reply.get(3), StandardCharsets.US_ASCII);
        String[] parts = counter.split(":", 4);
        incarnation = parts[1];
        epoch = new QueueEpoch(Long.parseLong(parts[2]), parts[3].equals("r"));
        due = (Long) reply.get(4);
        full = (Long) reply.get(5);
    }

    /** Whether the reply tells the state of the queue. */
    static boolean isKnownBy(List<?> reply) {
        return reply.size() > 5 && (Long) reply.get(4) > 0;
    }
}
