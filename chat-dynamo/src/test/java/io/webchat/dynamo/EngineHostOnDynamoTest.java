package io.webchat.dynamo;

import io.webchat.core.engine.host.HostSuite;
import org.junit.jupiter.api.Tag;

/** The application's own access keeps its guarantees on DynamoDB. */
@Tag("full")
final class EngineHostOnDynamoTest extends HostSuite implements DynamoEngineBackends.Factory {}
