package io.webchat.core.engine.files;

import static io.webchat.core.testing.TestClient.join;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.MessageBuilder;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.TestClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Uploads, names and opens files in tests. Alice writes to Bob. */
final class TestFiles {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");
    static final ConversationId TALK = ConversationId.direct(ALICE, BOB);

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and more".getBytes(StandardCharsets.ISO_8859_1);

    private TestFiles() {}

    /** Uploads a picture of this user. */
    static StoredAttachment upload(Chat node, UserId owner) {
        return upload(node, owner, PNG.length);
    }

    /** Uploads a picture of so many bytes. */
    static StoredAttachment upload(Chat node, UserId owner, int bytes) {
        AttachmentUpload upload = join(node.attachments().upload(owner, "boat.png"));
        byte[] content = new byte[bytes];
        System.arraycopy(PNG, 0, content, 0, Math.min(bytes, PNG.length));
        join(upload.write(ByteBuffer.wrap(content)));
        return join(upload.finish());
    }

    static AttachmentRef ref(StoredAttachment file) {
        return AttachmentRef.of(file.id());
    }

    /** The reference that the server makes of it. */
    static AttachmentRef whole(StoredAttachment file) {
        return ref(file).withFile(file.name(), file.type(), file.bytes());
    }

    /** A message of Alice to Bob that names these files. */
    static ChatEvent.Message message(String id, StoredAttachment... files) {
        return toBob(id)
                .attachments(List.of(files).stream().map(TestFiles::ref).toList())
                .build();
    }

    static MessageBuilder toBob(String id) {
        return ChatEvent.Message.from(ALICE).to(BOB).id(id).timestamp(1);
    }

    /** Opens the file of a message of Alice in her conversation with Bob. */
    static CompletionStage<AttachmentReader> open(Chat node, UserId reader, String message, AttachmentId id) {
        return open(node, reader, TALK, message, id);
    }

    static CompletionStage<AttachmentReader> open(
            Chat node, UserId reader, ConversationId talk, String message, AttachmentId id) {
        return node.attachments().open(reader, talk, new MessageRef(ALICE, MessageId.of(message)), id);
    }

    /** Whether the reader has the whole picture. */
    static boolean isWhole(CompletionStage<AttachmentReader> opened) {
        try (AttachmentReader reader = join(opened)) {
            return join(reader.read(0, 1_000)).equals(ByteBuffer.wrap(PNG));
        }
    }

    /** The files of the messages that the client got. */
    static List<List<AttachmentRef>> received(TestClient client) {
        return client.received().stream()
                .map(Envelope::event)
                .filter(ChatEvent.Message.class::isInstance)
                .map(event -> ((ChatEvent.Message) event).content().attachments())
                .toList();
    }

    /** The ids of the files that the store has of Alice. */
    static List<AttachmentId> stored(TestCluster cluster) {
        return join(cluster.attachments.list(ALICE));
    }

    static ChatException refusal(CompletionStage<?> stage) {
        try {
            throw new AssertionError("was answered with " + join(stage));
        } catch (ChatException e) {
            return e;
        }
    }

    static void assertRefused(ErrorCode code, CompletionStage<?> stage) {
        ChatException refusal = refusal(stage);
        if (refusal.code() != code) {
            throw new AssertionError("expected " + code, refusal);
        }
    }
}
