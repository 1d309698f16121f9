package io.webchat.dynamo;

import io.webchat.core.engine.files.AttachmentSuite;
import org.junit.jupiter.api.Tag;

/** Files of messages keep their rules when the call log is in DynamoDB. */
@Tag("full")
final class EngineAttachmentsOnDynamoTest extends AttachmentSuite implements DynamoEngineBackends.Factory {}
