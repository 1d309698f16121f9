package io.webchat.socketio.spring;

import io.webchat.core.files.FileAttachmentStore;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the files of messages at the place that {@code webchat.attachments.*} names. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentProperties.class)
class AttachmentsConfiguration {
    /** The limits of files, also of those in a bucket. */
    @Bean
    @ConditionalOnMissingBean
    AttachmentLimits webchatAttachmentLimits(AttachmentProperties properties) {
        return new AttachmentLimits(
                properties.maxSize().toBytes(), properties.quota().toBytes(), properties.pendingAge());
    }

    /** Keeps files in memory. */
    @Bean
    @ConditionalOnMissingBean(AttachmentStore.class)
    @ConditionalOnProperty(name = "webchat.attachments.memory", havingValue = "true")
    MemoryAttachmentStore webchatFilesInMemory(AttachmentLimits limits) {
        return MemoryAttachmentStore.create(limits, Clock.systemUTC());
    }

    /** Keeps files in a folder. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(AttachmentStore.class)
    @ConditionalOnProperty("webchat.attachments.folder")
    FileAttachmentStore webchatFilesInFolder(AttachmentProperties properties, AttachmentLimits limits) {
        return FileAttachmentStore.in(Path.of(String.valueOf(properties.folder())), limits, Clock.systemUTC());
    }

    /** Stops an application that names a bucket, and has nothing that could use it. */
    @Bean
    @ConditionalOnMissingBean(AttachmentStore.class)
    @ConditionalOnProperty("webchat.attachments.bucket")
    AttachmentStore webchatFilesInNoBucket() {
        throw new IllegalStateException(
                "webchat.attachments.bucket needs chat-dynamo and software.amazon.awssdk:s3 on the class path");
    }
}
