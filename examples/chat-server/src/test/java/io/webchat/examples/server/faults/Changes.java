package io.webchat.examples.server.faults;

import io.socket.client.Ack;
import io.webchat.examples.server.history.Recorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The edits, deletions and reactions of one author: now and then one of a message that was acknowledged lately, and one
 * at a time. What is refused or not answered goes again under the same id.
 */
final class Changes {
    private static final int RECENT = 30;
    private static final int MESSAGES_BEFORE_A_CHANGE = 4;

    private record Target(String id, String to, @Nullable UploadedFile file) {}

    private record Change(JSONObject event, Target target, String words) {}

    private final String user;
    private final Recorder recorder;
    private final Random random;
    private final BiPredicate<JSONObject, Ack> emit;
    private final List<Target> recent = new ArrayList<>();
    private final Deque<Change> underWay = new ArrayDeque<>();
    private int count;

    /** Changes that go out this way; the caller makes one call at a time. */
    Changes(String user, Recorder recorder, Random random, BiPredicate<JSONObject, Ack> emit) {
        this.user = user;
        this.recorder = recorder;
        this.random = random;
        this.emit = emit;
    }

    /** A message was acknowledged for the first time. */
    void onAcknowledged(String id, String to, @Nullable UploadedFile file) {
        recent.add(new Target(id, to, file));
        if (recent.size() > RECENT) {
            recent.remove(0);
        }
        if (underWay.isEmpty() && random.nextInt(MESSAGES_BEFORE_A_CHANGE) == 0) {
            begin();
        }
    }

    private void begin() {
        Target target = recent.get(random.nextInt(recent.size()));
        String id = user + "-change-" + count++;
        JSONObject event = new JSONObject()
                .put("To", target.to())
                .put("MsgID", id)
                .put("About", new JSONObject().put("From", user).put("MsgID", target.id()));
        switch (random.nextInt(4)) {
            case 0 -> {
                event.put("EvtType", "delete");
                // Nobody may change it any more.
                recent.remove(target);
            }
            case 1 -> {
                event.put("EvtType", "edit").put("Text", "edit " + id);
                if (target.file() != null) {
                    // An edit removes the files that it does not name.
                    event.put("Attachments", AuthorFiles.named(target.file()));
                }
            }
            default -> event.put("EvtType", "react").put("Reaction", "+1").put("Remove", random.nextInt(3) == 0);
        }
        underWay.add(new Change(event, target, ShownMessage.inWords(event)));
        again();
    }

    /** Sends what is under way, for the first time or over another connection. */
    void again() {
        Change change = underWay.peek();
        if (change != null) {
            recorder.amending(user, change.target().to(), change.target().id(), change.words());
            boolean unused = emit.test(change.event(), args -> answered(change, (JSONObject) args[0]));
        }
    }

    private void answered(Change change, JSONObject answer) {
        if (answer.optBoolean("ok") && underWay.remove(change)) {
            recorder.amended(
                    user, change.target().to(), change.target().id(), answer.getLong("StoredAt"), change.words());
        }
    }

    boolean idle() {
        return underWay.isEmpty();
    }
}
