@NullMarked
package io.webchat.examples.server.logging;

import org.jspecify.annotations.NullMarked;
