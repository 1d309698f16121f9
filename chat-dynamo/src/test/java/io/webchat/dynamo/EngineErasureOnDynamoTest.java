package io.webchat.dynamo;

import io.webchat.core.engine.host.ErasureSuite;
import org.junit.jupiter.api.Tag;

/** An erased user is gone from DynamoDB. */
@Tag("full")
final class EngineErasureOnDynamoTest extends ErasureSuite implements DynamoEngineBackends.Factory {}
