package io.webchat.dynamo.spring;

import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.s3.S3AttachmentStore;
import io.webchat.dynamo.s3.S3Location;
import java.time.Clock;
import java.util.concurrent.CompletionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Keeps the files of messages in S3 if {@code webchat.attachments.bucket} is set. Each bean here gives way to one of
 * the application's own. The client may be one, too.
 */
@AutoConfiguration
@ConditionalOnClass(S3AsyncClient.class)
@ConditionalOnProperty("webchat.attachments.bucket")
public class S3FilesAutoConfiguration {
    /** The client. Region and credentials come from where AWS's tools look. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    S3AsyncClient webchatS3Client() {
        return S3AsyncClient.create();
    }

    /** Stores files in the bucket, which is usable once this bean exists. */
    @Bean
    @ConditionalOnMissingBean(AttachmentStore.class)
    S3AttachmentStore webchatFilesInBucket(
            S3AsyncClient client,
            @Value("${webchat.attachments.bucket}") String bucket,
            ObjectProvider<AttachmentLimits> limits) {
        try {
            S3AttachmentStore store = S3AttachmentStore.create(
                    client,
                    S3Location.parse(bucket),
                    limits.getIfAvailable(() -> AttachmentLimits.DEFAULT),
                    Clock.systemUTC());
            store.check().toCompletableFuture().join();
            return store;
        } catch (IllegalArgumentException | CompletionException e) {
            throw new IllegalStateException(
                    "webchat.attachments.bucket: " + Failures.unwrap(e).getMessage(), e);
        }
    }
}
