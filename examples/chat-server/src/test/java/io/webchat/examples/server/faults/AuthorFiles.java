package io.webchat.examples.server.faults;

import io.webchat.examples.server.history.Recorder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * The files of one author. The next file is uploaded before a message names it. Some have a rival: another message, to
 * a user who is never there, which names the same file at the same time over any node. Uploads and rivals that no node
 * decides about are repeated.
 */
final class AuthorFiles implements AutoCloseable {
    private static final int MESSAGES_BEFORE_A_FILE = 6;
    private static final int FILES_BEFORE_A_RIVAL = 4;
    private static final int MAX_BYTES = 100_000;
    private static final Executor AGAIN = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

    private final FileRequests requests;
    private final String user;
    private final Recorder recorder;
    private final Random random;
    private final Set<String> rivals = new HashSet<>();
    private int rivalsUnderWay;
    private @Nullable UploadedFile next;
    private boolean closed;

    AuthorFiles(FileRequests requests, String user, Recorder recorder, Random random) {
        this.requests = requests;
        this.user = user;
        this.recorder = recorder;
        this.random = random;
        uploadNext();
    }

    private synchronized void uploadNext() {
        if (closed) {
            return;
        }
        byte[] bytes = new byte[1 + random.nextInt(MAX_BYTES)];
        random.nextBytes(bytes);
        CompletableFuture<UploadedFile> unused = requests.upload(random.nextInt(FaultyCluster.NODES), user, bytes)
                .whenComplete((file, failure) -> {
                    if (failure == null) {
                        ready(file);
                    } else {
                        AGAIN.execute(this::uploadNext);
                    }
                });
    }

    private synchronized void ready(UploadedFile file) {
        next = file;
    }

    /** Takes a file for a message, if one is there and it is time for one. */
    synchronized Optional<UploadedFile> take(String message, String to) {
        UploadedFile file = next;
        if (file == null || random.nextInt(MESSAGES_BEFORE_A_FILE) > 0) {
            return Optional.empty();
        }
        next = null;
        uploadNext();
        recorder.attached(user, to, message, file.inWords());
        if (random.nextInt(FILES_BEFORE_A_RIVAL) == 0) {
            rivals.add(message);
            rivalsUnderWay++;
            sendRival(message, file);
        }
        return Optional.of(file);
    }

    private synchronized void sendRival(String message, UploadedFile file) {
        if (closed) {
            return;
        }
        JSONObject rival = new JSONObject()
                .put("to", user + "-nobody")
                .put("msgId", message + "-rival")
                .put("text", "rival of " + message)
                .put("attachments", named(file));
        CompletableFuture<Boolean> unused = requests.send(random.nextInt(FaultyCluster.NODES), user, rival)
                .whenComplete((accepted, failure) -> {
                    if (failure == null) {
                        answered(message, accepted);
                    } else {
                        AGAIN.execute(() -> sendRival(message, file));
                    }
                });
    }

    private synchronized void answered(String message, boolean accepted) {
        recorder.rival(user, message, accepted);
        rivalsUnderWay--;
    }

    /** The field of a message that names this file. */
    static JSONArray named(UploadedFile file) {
        return new JSONArray().put(new JSONObject().put("id", file.id()));
    }

    /** Whether another message was sent with the file of this one. */
    synchronized boolean hasRival(String message) {
        return rivals.contains(message);
    }

    synchronized boolean idle() {
        return rivalsUnderWay == 0;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
