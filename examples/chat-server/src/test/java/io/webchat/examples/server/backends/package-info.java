@NullMarked
package io.webchat.examples.server.backends;

import org.jspecify.annotations.NullMarked;
