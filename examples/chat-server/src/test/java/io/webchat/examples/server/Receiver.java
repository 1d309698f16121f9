package io.webchat.examples.server;

import io.socket.client.Ack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.json.JSONObject;

/**
 * A user who remembers ids, confirms most messages at once, and now and then moves to the other node instead of
 * confirming one.
 */
final class Receiver implements Link.Listener, AutoCloseable {
    private static final int CONFIRMS_BEFORE_A_LOSS = 400;

    private final Link link;
    private final Random random;
    /** The Seqs of each message: one for each epoch of the queue at most. */
    private final Map<String, SortedSet<Long>> seqs = new LinkedHashMap<>();

    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> last = new HashMap<>();
    private long lastSeq;
    private int epochs = 1;
    private int again;
    private boolean careful;

    Receiver(Nodes nodes, String user, int node, Random random) {
        this.random = random;
        this.link = new Link(nodes, user, node, this);
    }

    @Override
    public synchronized void connected() {
        lastSeq = 0;
    }

    @Override
    public synchronized void received(JSONObject event, Ack confirm) {
        if (!event.optString("EvtType").equals("message")) {
            return;
        }
        remember(event);
        if (!careful && random.nextInt(CONFIRMS_BEFORE_A_LOSS) == 0) {
            link.moveOn();
        } else {
            confirm.call();
        }
    }

    private void remember(JSONObject event) {
        String id = event.optString("MsgID");
        long seq = event.optLong("Seq");
        if (seq <= lastSeq) {
            faults.add(id + ": Seq " + seq + " after " + lastSeq);
        }
        lastSeq = seq;
        SortedSet<Long> all = seqs.computeIfAbsent(id, any -> new TreeSet<>());
        if (all.isEmpty()) {
            number(id, event.optString("Text").split(" ", -1));
        } else {
            again++;
        }
        all.add(seq);
        if (all.size() > epochs || all.last() != seq) {
            faults.add(id + " is there at " + all + ", the last time at " + seq);
        }
    }

    /** A queue that may have lost events begins a new epoch: an unconfirmed message then comes under a higher Seq. */
    synchronized void expectNewEpoch() {
        epochs++;
    }

    private void number(String id, String[] text) {
        int number = Integer.parseInt(text[1]);
        Integer before = last.put(text[0], number);
        if (before != null && before >= number) {
            faults.add(id + " came after number " + before);
        }
    }

    /** From now on every message is confirmed. */
    synchronized void careful() {
        careful = true;
    }

    /** The ids of the messages that came, each once. */
    synchronized List<String> ids() {
        return List.copyOf(seqs.keySet());
    }

    /** How many came that had come before. */
    synchronized int again() {
        return again;
    }

    /** What should not have been: wrong order, second messages under one id. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        link.close();
    }
}
