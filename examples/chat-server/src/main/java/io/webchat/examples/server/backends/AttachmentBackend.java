package io.webchat.examples.server.backends;

import io.webchat.core.Chat;
import io.webchat.core.files.FileAttachmentStore;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.dynamo.s3.S3AttachmentStore;
import io.webchat.dynamo.s3.S3Location;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The store of the files of messages, if there is one. */
public final class AttachmentBackend implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final @Nullable AttachmentStore store;
    private final String greeting;
    private final Opened opened;

    private AttachmentBackend(@Nullable AttachmentStore store, String greeting, Opened opened) {
        this.store = store;
        this.greeting = greeting;
        this.opened = opened;
    }

    /** No store: nobody can send files. */
    public static AttachmentBackend none() {
        return new AttachmentBackend(
                null, "Nobody can send files: give --attachments a folder or a bucket.", new Opened());
    }

    /** A store in the memory of this process. */
    public static AttachmentBackend inMemory(AttachmentLimits limits) {
        return new AttachmentBackend(
                MemoryAttachmentStore.create(limits, Clock.systemUTC()), "Files are in memory too.", new Opened());
    }

    /**
     * A store in a folder.
     *
     * @throws java.io.UncheckedIOException when the folder cannot be used, with one sentence that says why
     */
    public static AttachmentBackend inFolder(Path folder, AttachmentLimits limits) {
        Opened opened = new Opened();
        FileAttachmentStore store = opened.add(FileAttachmentStore.in(folder, limits, Clock.systemUTC()));
        return new AttachmentBackend(store, "Files are in " + folder.toAbsolutePath() + ".", opened);
    }

    /**
     * A store in a bucket, when it can be used.
     *
     * @throws IllegalArgumentException when no region or no credentials are configured
     * @throws java.io.UncheckedIOException when the bucket cannot be used, with one sentence that says why
     */
    static AttachmentBackend inBucket(S3Location place, AttachmentLimits limits) {
        Opened opened = new Opened();
        try {
            S3AsyncClient client = opened.add(client(place));
            S3AttachmentStore store = S3AttachmentStore.create(client, place, limits, Clock.systemUTC());
            Startup.await("the bucket " + place.bucket(), store.check());
            return new AttachmentBackend(store, "Files are in the bucket " + place + ".", opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static S3AsyncClient client(S3Location place) {
        String option = "--attachments s3://" + place;
        AwsCredentials.require(option);
        try {
            return S3AsyncClient.builder()
                    .httpClientBuilder(NettyNioAsyncHttpClient.builder().connectionTimeout(CONNECT))
                    .build();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(option + ": no region is configured; set AWS_REGION", e);
        }
    }

    /** Opens the store at this place; without a place, the one that fits the other stores of the node. */
    public static AttachmentBackend open(AttachmentPlace place, AttachmentLimits limits, boolean everythingInMemory) {
        if (place.folder() != null) {
            return inFolder(place.folder(), limits);
        }
        if (place.bucket() != null) {
            return inBucket(place.bucket(), limits);
        }
        return everythingInMemory ? inMemory(limits) : none();
    }

    /** Returns the same store for another node of this process; closing that has no effect. */
    public AttachmentBackend lent() {
        return new AttachmentBackend(store, greeting, new Opened());
    }

    /** Makes the chat use this store. */
    public void addTo(Chat.Builder chat) {
        if (store != null) {
            chat.attachments(store);
        }
    }

    /** The line for who starts a node. */
    public String greeting() {
        return greeting;
    }

    @Override
    public void close() {
        opened.close();
    }
}
