package io.webchat.examples.server.push;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The pushes that wait or are on their way, within bounds. Safe for use by several threads. */
final class PushLanes {
    /** The largest number of lanes; each has one push that waits at most, of up to 4 KB. */
    static final int MAX_LANES = 5_000;

    /** The largest number of pushes that are on their way. */
    static final int MAX_SENDING = 64;

    private final Map<PushLane.Key, PushLane> lanes = new HashMap<>();
    private final Queue<PushLane> ready = new ArrayDeque<>();
    private int sending;
    private boolean closed;

    /** The outcome of {@link #add}. */
    enum Added {
        WAITS,
        /** It waits in the place of an older one. */
        REPLACES,
        /** There is no capacity. */
        REFUSED
    }

    /** A push that is to be sent now. */
    record Sending(PushLane lane, PushLane.Waiting push) {}

    synchronized Added add(PushLane.Waiting push) {
        PushLane.Key key = PushLane.Key.of(push.push());
        PushLane lane = lanes.get(key);
        if (closed || (lane == null && lanes.size() == MAX_LANES)) {
            return Added.REFUSED;
        }
        if (lane == null) {
            lane = new PushLane(key);
            lanes.put(key, lane);
            ready.add(lane);
        }
        return lane.put(push) ? Added.REPLACES : Added.WAITS;
    }

    /** The next push to be sent; null if there is none, or no place. */
    synchronized @Nullable Sending next() {
        PushLane lane = sending < MAX_SENDING ? ready.poll() : null;
        PushLane.Waiting push = lane == null ? null : lane.take();
        if (lane == null || push == null) {
            return null;
        }
        sending++;
        lane.setState(PushLane.State.SENDING);
        return new Sending(lane, push);
    }

    /** A push is done. Returns whether a newer one waits, and its lane has to be resumed. */
    synchronized boolean end(PushLane lane) {
        sending--;
        lane.forgetFailures();
        return pause(lane);
    }

    /** A push failed and waits again. Returns whether its lane has to be resumed; otherwise the push is given up. */
    synchronized boolean putBack(Sending failed) {
        sending--;
        failed.lane().putBack(failed.push());
        return pause(failed.lane());
    }

    /** The browser of a lane is gone. Returns the number of pushes that waited for it. */
    synchronized int remove(PushLane lane) {
        sending--;
        lanes.remove(lane.key());
        return lane.isEmpty() ? 0 : 1;
    }

    private boolean pause(PushLane lane) {
        if (lane.isEmpty() || closed) {
            lanes.remove(lane.key());
            return false;
        }
        lane.setState(PushLane.State.PAUSED);
        return true;
    }

    /** The pause of a lane is over. */
    synchronized void resume(PushLane lane) {
        if (lane.state() == PushLane.State.PAUSED && !closed) {
            lane.setState(PushLane.State.READY);
            ready.add(lane);
        }
    }

    /** Takes no more, and gives up the lanes that pause; returns their number. */
    synchronized int close() {
        closed = true;
        int before = lanes.size();
        lanes.values().removeIf(each -> each.state() == PushLane.State.PAUSED);
        return before - lanes.size();
    }

    synchronized int size() {
        return lanes.size();
    }

    synchronized boolean isDone() {
        return closed && lanes.isEmpty();
    }
}
