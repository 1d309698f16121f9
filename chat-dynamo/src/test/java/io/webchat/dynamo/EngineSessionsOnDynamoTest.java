package io.webchat.dynamo;

import io.webchat.core.engine.direct.SessionSuite;
import org.junit.jupiter.api.Tag;

/** Sessions, receipts and limits keep their guarantees on DynamoDB. */
@Tag("full")
final class EngineSessionsOnDynamoTest extends SessionSuite implements DynamoEngineBackends.Factory {}
