namespace ssc { int unused_here(); }
