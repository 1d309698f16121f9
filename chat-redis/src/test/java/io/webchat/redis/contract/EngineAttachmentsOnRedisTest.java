package io.webchat.redis.contract;

import io.webchat.core.engine.files.AttachmentSuite;
import org.junit.jupiter.api.Tag;

/** Files of messages keep their rules when the messages wait in Redis. */
@Tag("full")
final class EngineAttachmentsOnRedisTest extends AttachmentSuite implements RedisEngineBackends.Factory {}
