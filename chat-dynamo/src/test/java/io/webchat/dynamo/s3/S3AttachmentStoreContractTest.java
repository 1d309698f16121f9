package io.webchat.dynamo.s3;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.attachments.AttachmentStoreContract;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The files in S3 keep the contract; their nodes share a bucket. */
@Tag("full")
final class S3AttachmentStoreContractTest implements AttachmentStoreContract {
    private static S3Server server;
    private static S3AsyncClient client;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    public ContractBackend<AttachmentStore> attachmentStores(AttachmentLimits limits) {
        MovableClock clock = MovableClock.running();
        S3Location location = new S3Location(S3Server.BUCKET, UUID.randomUUID() + "/");
        return new ContractBackend<>() {
            @Override
            public AttachmentStore node() {
                return S3AttachmentStore.create(client, location, limits, clock);
            }

            @Override
            public void advance(Duration time) {
                clock.advance(time);
            }
        };
    }
}
